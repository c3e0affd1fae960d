package tandem.router.lookup;

import tandem.router.domain.CallId;
import tandem.router.domain.RouterSerializable;
import tandem.router.domain.ivr.Ask;

/**
 * A call wants to know something of another system. Said again until {@code Call.LookedUp}; while
 * it is asked a repeat changes nothing.
 *
 * @param number counts the call's lookups
 */
public record LookUp(CallId call, int number, Ask.Request request) implements RouterSerializable {}
