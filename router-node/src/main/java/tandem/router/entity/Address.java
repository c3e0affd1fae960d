package tandem.router.entity;

import tandem.router.domain.AgentId;
import tandem.router.domain.CallId;
import tandem.router.domain.LotId;
import tandem.router.domain.QueueId;
import tandem.router.domain.SwitchId;
import tandem.router.domain.TenantId;

/** Whom an entity writes to: always by id, so that a restart or a move changes nothing. */
public sealed interface Address {
  record ToCall(CallId id) implements Address {}

  record ToAgent(AgentId id) implements Address {}

  record ToQueue(QueueId id) implements Address {}

  record ToLot(LotId id) implements Address {}

  record ToSwitch(SwitchId id) implements Address {}

  record ToDirectory(TenantId id) implements Address {}

  record ToPlan(TenantId id) implements Address {}

  record ToPlanArchive(TenantId tenant, long version) implements Address {}

  record ToPlanIndex() implements Address {}

  /** Who asks other systems, on the node of this call. */
  record ToLookup(CallId call) implements Address {}

  /** Who writes this call's record. */
  record ToRecorder(CallId call) implements Address {}
}
