package tandem.persistence.readmodel;

import tandem.router.call.Call;

/**
 * One event of a call and its place in the call's journal.
 *
 * @param seq from 1, without gaps
 */
public record JournaledEvent(long seq, Call.Event event) {}
