package tandem.router.domain;

import java.time.Instant;

/**
 * A caller as rules see it.
 *
 * @param call the call's channel UUID
 * @param from the caller's number as the switch said it; empty when it was withheld
 * @param to the number that was called
 * @param country two letters (ISO 3166-1) of the caller's number; empty when not known
 * @param region where the number is at home, in English words; empty when not known
 * @param timeZone of the number (IANA); empty when not known or when there are several
 * @param arrivedAt when the call arrived
 */
public record Caller(
    String call,
    String from,
    String to,
    String country,
    String region,
    String timeZone,
    Instant arrivedAt,
    Attributes attributes) {

  public Caller with(Attributes more) {
    return new Caller(call, from, to, country, region, timeZone, arrivedAt, attributes.with(more));
  }
}
