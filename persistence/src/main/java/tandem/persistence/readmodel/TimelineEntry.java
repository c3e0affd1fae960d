package tandem.persistence.readmodel;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step of a call's life, for people.
 *
 * @param seq the step's place in the call's journal; increasing, not always by one
 * @param at when the call decided it
 * @param event the published name ({@link CallEventNames})
 * @param reason one sentence that says what happened and why
 * @param details the step's values: strings, numbers and booleans, in a fixed order
 */
public record TimelineEntry(
    long seq, Instant at, String event, String reason, Map<String, Object> details) {
  public TimelineEntry {
    // Map.copyOf would lose the order.
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }
}
