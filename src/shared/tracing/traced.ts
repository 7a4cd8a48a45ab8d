import type { Attributes, Span, Tracer } from '@opentelemetry/api';
import type * as OpenTelemetry from '@opentelemetry/api';
import { AuthError } from '../errors/auth-error.js';
import { MissingPeerError, OptionalPeer } from '../peers/optional-peer.js';

const peer = new OptionalPeer('@opentelemetry/api', 'Tracing', () => import('@opentelemetry/api'));
let api: typeof OpenTelemetry | undefined;

/** Name of the tracer (the instrumentation scope). */
const TRACER = 'castellan';

/** Spans are made from now on, if the package `@opentelemetry/api` is there; without it there are none, and nothing is amiss. */
export async function loadTracing(): Promise<void> {
  try {
    api = await peer.load();
  } catch (error) {
    if (!(error instanceof MissingPeerError)) throw error;
  }
}

/**
 * Runs the work in a span of its own, a child of the one that is active. Through the API package alone: without an SDK that the host has set up it costs
 * nothing. A refusal is an attribute (`castellan.error_code`), for it is no fault; what is a fault makes the span one. Attributes name no user and
 * hold no secret.
 */
export function inSpan<R>(name: string, work: () => R, attributes: Attributes = {}): R | Promise<Awaited<R>> {
  const tracer = api && registeredTracer(api);
  if (!api || !tracer) return work();
  const { SpanStatusCode } = api;
  return tracer.startActiveSpan(name, { attributes }, async (span): Promise<Awaited<R>> => {
    try {
      return await work();
    } catch (error) {
      tellError(span, error, SpanStatusCode.ERROR);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Of the SDK that the host has set up, at whatever time; `undefined` where there is none. */
function registeredTracer({ trace, ProxyTracerProvider }: typeof OpenTelemetry): Tracer | undefined {
  const provider = trace.getTracerProvider();
  return provider instanceof ProxyTracerProvider
    ? provider.getDelegateTracer(TRACER)
    : provider.getTracer(TRACER);
}

function tellError(span: Span, error: unknown, failed: OpenTelemetry.SpanStatusCode): void {
  if (error instanceof AuthError) span.setAttribute('castellan.error_code', error.code);
  if (error instanceof AuthError && error.status < 500) return;
  // Not its message: that of a library may repeat what it was given.
  span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
  span.setStatus({ code: failed });
}

/** `inSpan` for every call of a method. */
export function Traced(name: string) {
  return <M extends (...args: never[]) => unknown>(
    _target: object,
    _key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    const method = descriptor.value;
    if (!method) return;
    const traced = function (this: unknown, ...args: never[]): unknown {
      return inSpan(name, () => Reflect.apply(method, this, args) as unknown);
    };
    // It takes and gives what the method does.
    descriptor.value = traced as M;
  };
}
