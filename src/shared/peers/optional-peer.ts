/** A package that only a part of Castellan needs is not installed. */
export class MissingPeerError extends Error {
  constructor(
    /** Name of the package. */
    readonly packageName: string,
    /** Who asked for it. */
    readonly neededBy: string,
    cause: unknown,
  ) {
    super(
      `${neededBy} needs the package ${packageName}, which is not installed: npm install ${packageName}`,
      {
        cause,
      },
    );
    this.name = 'MissingPeerError';
  }
}

/**
 * A package that only a part of Castellan needs, and that is loaded when that part starts: whoever does without the part does without the package.
 * A static import would load it for everybody who imports `castellan`.
 */
export class OptionalPeer<M> {
  private loaded: M | undefined;

  constructor(
    private readonly packageName: string,
    private readonly neededBy: string,
    private readonly importer: () => Promise<M>,
  ) {}

  /** @throws MissingPeerError */
  async load(): Promise<M> {
    try {
      return (this.loaded ??= await this.importer());
    } catch (error) {
      throw isMissing(error, this.packageName)
        ? new MissingPeerError(this.packageName, this.neededBy, error)
        : error;
    }
  }

  /** For code that runs after `load`. @throws Error before */
  get module(): M {
    if (this.loaded === undefined) throw new Error(`${this.packageName} has not been loaded.`);
    return this.loaded;
  }
}

/** The package itself, and not one that it needs in turn. */
function isMissing(error: unknown, packageName: string): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, 'code');
  return /^(ERR_)?MODULE_NOT_FOUND$/.test(String(code)) && error.message.includes(`'${packageName}'`);
}
