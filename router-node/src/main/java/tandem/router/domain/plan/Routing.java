package tandem.router.domain.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Caller;

/**
 * Where a plan sends a call, and by which rules: what is kept with the call.
 *
 * @param plan the version that decided
 * @param number the pattern that the called number matched, or that number when its own queue is
 *     where it leads; empty for a call that is on its way already
 * @param taken the rules that were taken, and those that could not be told, in their order
 * @param caller as the rules saw it at the end, with the attributes they set
 * @param announcements files to play first, in order
 * @param action what becomes of the call
 */
public record Routing(
    long plan,
    String number,
    List<Taken> taken,
    Caller caller,
    List<String> announcements,
    Action action) {
  public Routing {
    taken = List.copyOf(taken);
    announcements = List.copyOf(announcements);
  }

  /** Whether the called number's flow was run, rather than a call on its way sent on. */
  @JsonIgnore
  public boolean isFromTheStart() {
    return !number.isEmpty();
  }

  /** The same without announcements: for a caller who has heard them. */
  public Routing withoutAnnouncements() {
    return new Routing(plan, number, taken, caller, List.of(), action);
  }

  /**
   * A rule that was taken.
   *
   * @param flow its flow
   * @param rule its place there, from 0
   * @param failed why its condition could not be told, so that it was passed over; null when it was
   *     taken
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Taken(String flow, int rule, @Nullable String failed) {}
}
