/** Why a call ended that neither its supplier nor its caller's request failed. */
export type EndReason = 'client_gone' | 'client_stalled' | 'shutdown' | 'no_longer_allowed' | 'lease_lost';

export class Ended extends Error {
  readonly reason: EndReason;
  constructor(reason: EndReason) {
    super(reason);
    this.reason = reason;
  }
}
