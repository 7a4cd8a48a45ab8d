import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { type AuditOptions, ResolvedAuditOptions, resolveAuditOptions } from './audit.options.js';
import { AUDIT_REPOSITORIES } from './audit.repositories.js';
import { AdminAuditController } from './http/admin-audit.controller.js';
import { organizationAuditController } from './http/organization-audit.controller.js';
import { OwnAuditController } from './http/own-audit.controller.js';
import { AuditData } from './record/audit-data.js';
import { AuditLog } from './record/audit-log.service.js';
import { AuditRecorder } from './record/audit-recorder.js';
import { AuditRecords } from './record/audit-records.js';
import { PersonalErasure } from './record/personal-erasure.js';
import { SessionEventReader } from './record/session-event-reader.js';
import { AuditRetention } from './seal/audit-retention.js';
import { AuditSealer } from './seal/audit-sealer.js';
import { AuditVerifier } from './seal/audit-verifier.js';
import { AuditSinks } from './sink/audit-sinks.js';

export interface AuditModuleStructure {
  /** Which store stands behind the module; core's own. */
  readonly storage: StorageDefinition;
  readonly options?: AuditOptions;
  /**
   * What guards `organizations/{organization_id}/audit`: `OrganizationRoute('audit:read')` of the module `organization`, or a host's own.
   * @default none: the routes are not mounted
   */
  readonly organizationAccess?: ClassDecorator;
}

/** What other modules and the host inject. */
const SERVICES = [AuditLog, AuditRetention, AuditSealer, AuditSinks, AuditVerifier, SessionEventReader];

/** Records every event that has a record, and seals the records. It only listens: no module knows of it. */
@Module({})
export class AuditModule {
  static forRoot({ storage, options, organizationAccess }: AuditModuleStructure): DynamicModule {
    return {
      module: AuditModule,
      imports: [DiscoveryModule],
      controllers: [
        AdminAuditController,
        OwnAuditController,
        ...(organizationAccess ? [organizationAuditController(organizationAccess)] : []),
      ],
      providers: [
        ...storage.bind(AUDIT_REPOSITORIES),
        { provide: ResolvedAuditOptions, useValue: resolveAuditOptions(options) },
        ...SERVICES,
        AuditData,
        AuditRecorder,
        AuditRecords,
        PersonalErasure,
      ],
      exports: SERVICES,
    };
  }
}

/** For `CastellanModule.forRoot({ modules: [audit()] })`. */
export function audit({
  organizationAccess,
  ...options
}: AuditOptions & Pick<AuditModuleStructure, 'organizationAccess'> = {}): (
  structure: Pick<AuditModuleStructure, 'storage'>,
) => DynamicModule {
  return ({ storage }) => AuditModule.forRoot({ storage, options, organizationAccess });
}
