package tandem.router.domain.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.QueueSettings;

/**
 * How a queue works, as a plan says it.
 *
 * @param members an expression about {@code agent} and {@code queue}: who belongs to it; empty when
 *     only those do whose profile names the queue
 * @param tiers who of these is asked when, the first at once; empty when all are
 * @param score an expression about {@code agent} and {@code queue}, a whole number: how skilled
 *     (most-skilled, least-skilled), how likely (weighted-random); empty for 1
 * @param order agents by name for top-down and ring-progressively; who is not named comes after
 * @param weight of this queue among those of one agent, 1 to 100
 * @param ringEvery ring-progressively: pause until one more phone rings
 * @param ringAtMost phones of one call ringing at once, 1 to 15
 * @param sticky for how long a caller's last agent alone is waited for (last-agent)
 * @param ageing what a wait adds to the priority
 * @param taping which of its calls are recorded
 * @param announcements what its callers hear beside music
 */
public record QueueRule(
    QueueSettings settings,
    String members,
    List<Tier> tiers,
    String score,
    List<String> order,
    int weight,
    Duration ringEvery,
    int ringAtMost,
    Duration sticky,
    Ageing ageing,
    Limits limits,
    @Nullable ServiceLevel serviceLevel,
    Taping taping,
    Announcements announcements) {

  /** Members who are asked only after a caller has waited so long. */
  public record Tier(String members, Duration after) {}

  /**
   * What may not be exceeded, and what happens then.
   *
   * @param length callers who wait at most
   * @param onLength for a caller who would be one too many
   * @param longest a caller waits at most; null for ever
   * @param onWait for a caller who has waited {@code longest}
   * @param onEstimatedWait for a caller who would have to wait longer than {@code estimatedWait}
   */
  public record Limits(
      int length,
      Action onLength,
      @Nullable Duration longest,
      Action onWait,
      @Nullable Duration estimatedWait,
      Action onEstimatedWait) {
    public static final int MOST = 20_000;

    public static final Limits NONE =
        new Limits(
            MOST,
            new Action.HangUp("USER_BUSY"),
            null,
            new Action.HangUp("NORMAL_CLEARING"),
            null,
            new Action.HangUp("USER_BUSY"));
  }

  /** Share of calls (0 to 1) to be answered within a time. */
  public record ServiceLevel(double target, Duration within) {}

  public QueueRule {
    tiers = List.copyOf(tiers);
    order = List.copyOf(order);
  }

  /** Recorded only on demand, and without announcements. */
  public QueueRule(
      QueueSettings settings,
      String members,
      List<Tier> tiers,
      String score,
      List<String> order,
      int weight,
      Duration ringEvery,
      int ringAtMost,
      Duration sticky,
      Ageing ageing,
      Limits limits,
      @Nullable ServiceLevel serviceLevel) {
    this(
        settings,
        members,
        tiers,
        score,
        order,
        weight,
        ringEvery,
        ringAtMost,
        sticky,
        ageing,
        limits,
        serviceLevel,
        Taping.ON_DEMAND,
        Announcements.NONE);
  }

  /** The queue of those who want one agent. */
  static QueueRule ofAgent(String agent) {
    QueueRule plain = of(QueueSettings.DEFAULT);
    return new QueueRule(
        plain.settings,
        "agent.name == '" + agent + "'",
        plain.tiers,
        plain.score,
        plain.order,
        plain.weight,
        plain.ringEvery,
        plain.ringAtMost,
        plain.sticky,
        plain.ageing,
        plain.limits,
        null,
        Taping.ON_DEMAND,
        Announcements.NONE);
  }

  /** A queue no plan says anything about. */
  public static QueueRule of(QueueSettings settings) {
    return new QueueRule(
        settings,
        "",
        List.of(),
        "",
        List.of(),
        1,
        Duration.ofSeconds(5),
        15,
        Duration.ZERO,
        Ageing.NONE,
        Limits.NONE,
        null,
        Taping.ON_DEMAND,
        Announcements.NONE);
  }
}
