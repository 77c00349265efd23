import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@kbn/core/server';
import type { IEventLogger, IEventLogService } from '@kbn/event-log-plugin/server';
import {
  ACTION_SAVED_OBJECT_TYPE,
  HOST_LOCK_SAVED_OBJECT_TYPE,
  PROTECTION_SETTINGS_SAVED_OBJECT_TYPE,
  RETENTION_SETTINGS_SAVED_OBJECT_TYPE,
} from '../common/lib/constants';
import { savedObjectApprovals, savedObjectAwaitingRequests } from './approvals/approval_store';
import { pendingReleasesOn, savedObjectReleaseStore } from './automatic_release/release_store';
import type { AttachmentForm } from './cases/attachment_type';
import { CONNECTOR_SAVED_OBJECT_TYPE, connectorsInSpace } from './connector/connectors_in_space';
import { hostStatusCaches } from './host_status/host_status_cache';
import { isolatedHostsCaches } from './hosts/isolated_hosts';
import { recordedIsolations } from './hosts/recorded_isolations';
import {
  DEFAULT_SPACE_ID,
  ONLY_DEFAULT_SPACE,
  savedObjectSpaces,
  SPACE_SAVED_OBJECT_TYPE,
} from './kibana/kibana_spaces';
import { joinedWrites } from './kibana/joined_writes';
import { processClock } from './lib/clock';
import { logOnce } from './lib/log';
import { readBudget, STATUS_LIMITS } from './lib/read_budget';
import type { Core, SetupDependencies, StartDependencies } from './plugin_dependencies';
import { appliedProtectionOf } from './protection/protection_of_space';
import { auditLogOf } from './response_actions/audit_log';
import { newLocksOfNode, savedObjectHostLocks } from './response_actions/host_locks';
import { IssuedRequests } from './response_actions/issued_requests';
import { savedObjectRecordStore } from './response_actions/record_store';
import { requestGates } from './sentinelone_client/request_gate';
import { savedObjectOpenRecordStore } from './status_reconciliation/open_record_store';

type CoreStart = Awaited<ReturnType<Core['getStartServices']>>[0];

/** Kibana's contracts, during set-up and after the start. */
export interface KibanaServices {
  readonly setup: SetupDependencies;
  readonly coreStart: CoreStart;
  readonly start: StartDependencies;
  /** How actions are attached to cases; undefined if Kibana runs without cases, or they take no attachments. */
  readonly attachmentForm: AttachmentForm | undefined;
  readonly eventLogger: Pick<IEventLogger, 'logEvent'>;
  /** Undefined if Kibana has no event log that is known. */
  readonly eventLog: IEventLogService | undefined;
  readonly logger: Logger;
}

/** The services that several ports share: one instance of each per Kibana node. */
export type SharedServices = ReturnType<typeof createSharedServices>;

/** Creates the shared services once Kibana has started. */
export function createSharedServices({
  setup: { security },
  coreStart,
  start,
  eventLogger,
  logger,
}: KibanaServices) {
  const { inMemoryConnectors } = start.actions;
  const clock = Date.now;
  const repository = coreStart.savedObjects.createInternalRepository([
    ...(start.spaces === undefined ? [] : [SPACE_SAVED_OBJECT_TYPE]),
    ACTION_SAVED_OBJECT_TYPE,
    HOST_LOCK_SAVED_OBJECT_TYPE,
    CONNECTOR_SAVED_OBJECT_TYPE,
    PROTECTION_SETTINGS_SAVED_OBJECT_TYPE,
    RETENTION_SETTINGS_SAVED_OBJECT_TYPE,
  ]);
  const monotonicClock = processClock(randomUUID(), () => performance.now());
  const spaces = start.spaces === undefined ? ONLY_DEFAULT_SPACE : savedObjectSpaces(repository);
  const auditLogs = { eventLogger, audit: security?.audit.withoutRequest, log: logger };
  const locksOfNode = newLocksOfNode();
  const hostLocksOf = (tenant: string) =>
    savedObjectHostLocks(repository, tenant, clock, logger, locksOfNode);
  const openRecordStore = savedObjectOpenRecordStore(repository, spaces);
  const releaseStore = savedObjectReleaseStore(repository, spaces);
  return {
    clock,
    monotonicClock,
    repository,
    spaces,
    auditLogs,
    newId: randomUUID,
    retry: { sleep, random: Math.random },
    warnings: logOnce(logger),
    gateOf: requestGates(monotonicClock.now),
    issuedRequests: new IssuedRequests(randomUUID),
    openRecordStore,
    releaseStore,
    pendingReleasesOn: (tenant: string, agentIds: readonly string[]) =>
      pendingReleasesOn(tenant, agentIds, {
        store: releaseStore,
        laterActionsOn: openRecordStore.laterActionsOn,
      }),
    hostStatusCaches: hostStatusCaches({
      clock: monotonicClock,
      timeOfDay: clock,
      budget: readBudget(STATUS_LIMITS, monotonicClock.now),
    }),
    isolatedHostsCaches: isolatedHostsCaches(
      (spaceId, tenant) => ({
        clock: monotonicClock,
        timeOfDay: clock,
        // `ref: false`: a pending wait does not keep Kibana from stopping.
        sleep: (ms) => sleep(ms, undefined, { ref: false }),
        recordedIsolations: (agents) =>
          recordedIsolations(agents, {
            repository,
            namespace: spaceId === DEFAULT_SPACE_ID ? undefined : spaceId,
            tenant,
            locks: hostLocksOf(tenant),
            releases: {
              scheduledOn: releaseStore.scheduledOn,
              laterActionsOn: openRecordStore.laterActionsOn,
            },
            clock,
          }),
      }),
      monotonicClock.now
    ),
    appliedProtectionOf: appliedProtectionOf({
      repository,
      spaces,
      isPreconfigured: (connectorId) => inMemoryConnectors.some(({ id }) => id === connectorId),
    }),
    hostLocksOf,
    approvalsOf: (namespace: string | undefined) => savedObjectApprovals(repository, namespace),
    awaitingRequests: savedObjectAwaitingRequests(repository, spaces),
    recordsOf: (namespace: string | undefined) => savedObjectRecordStore(repository, namespace),
    actionStoresOf: (tenant: string, namespace: string | undefined) => {
      const write = joinedWrites(repository);
      return {
        hostLocks: savedObjectHostLocks(repository, tenant, clock, logger, locksOfNode, write),
        records: savedObjectRecordStore(repository, namespace, write),
      };
    },
    auditLogOf: (namespace: string | undefined) =>
      auditLogOf(auditLogs, namespace ?? DEFAULT_SPACE_ID),
    connectorsIn: (namespace: string | undefined, connectorTypeId?: string) =>
      connectorsInSpace(repository, inMemoryConnectors, namespace, connectorTypeId),
  };
}
