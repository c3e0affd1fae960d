package tandem.router.domain.geo;

import tandem.router.domain.PhoneNumber;

/**
 * A number that somebody wants to call.
 *
 * @param number valid in its country's numbering plan
 * @param code its country calling code, such as 49
 * @param national whether it is one of the country it was dialled in, toll-free ones included
 * @param costly whether calling it costs more than a plain call: premium rate, shared cost, a
 *     personal number or a pager
 */
public record Destination(PhoneNumber number, int code, boolean national, boolean costly) {}
