package tandem.router.plan.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tandem.router.domain.AgentId;
import tandem.router.domain.QueueSettings;
import tandem.router.domain.TenantId;
import tandem.router.domain.Traits;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.simulate.Arrival;
import tandem.router.domain.simulate.Recorded;
import tandem.router.domain.simulate.Recorded.Outcome;
import tandem.router.domain.simulate.Staffing;
import tandem.router.domain.simulate.Traffic;

/**
 * A staffing for traffic that comes without one: interchangeable agents who belong to every queue
 * and can do everything the plan asks for. As many as were busy at the same time at most, wrap-up
 * included: after what was recorded, or else if every call had been answered at once.
 */
public final class AssumedTeam {
  private static final Pattern SKILL = Pattern.compile("skill\\(\\s*\\\\?['\"]([^'\"\\\\]+)");
  private static final Pattern LANGUAGE = Pattern.compile("speaks\\(\\s*\\\\?['\"]([^'\"\\\\]+)");

  private AssumedTeam() {}

  /**
   * The team.
   *
   * @param text of the plan, for the skills and languages it speaks of
   */
  public static Staffing of(TenantId tenant, Plan plan, String text, Traffic traffic) {
    Map<String, Integer> skills = new TreeMap<>();
    named(SKILL, text).forEach(skill -> skills.put(skill, Traits.HIGHEST_SKILL));
    Traits traits = Traits.of(skills, named(LANGUAGE, text), null, null);
    Set<String> queues = plan.queueNames();
    List<Staffing.Member> members = new ArrayList<>();
    for (int i = 1; i <= Math.max(1, busiest(plan, traffic)); i++) {
      String name = String.format(Locale.ROOT, "agent-%04d", i);
      members.add(Staffing.Member.of(new AgentId(tenant, name), traits, queues));
    }
    return Staffing.of(members);
  }

  private static Set<String> named(Pattern pattern, String text) {
    Set<String> names = new TreeSet<>();
    for (Matcher found = pattern.matcher(text); found.find(); ) {
      names.add(found.group(1).toLowerCase(Locale.ROOT));
    }
    return names;
  }

  private static int busiest(Plan plan, Traffic traffic) {
    TreeMap<Instant, Integer> changes = new TreeMap<>();
    for (Arrival call : traffic.arrivals()) {
      Recorded recorded = call.recorded();
      Duration talk = call.handle() != null || recorded == null ? call.handle() : recorded.talk();
      if (talk == null || (recorded != null && recorded.outcome() != Outcome.ANSWERED)) {
        continue;
      }
      Instant begin = recorded == null ? call.at() : call.at().plus(recorded.waited());
      Duration wrapUp =
          plan.queue(recorded == null ? "" : recorded.queue())
              .map(QueueRule::settings)
              .orElse(QueueSettings.DEFAULT)
              .wrapUp();
      changes.merge(begin, 1, Integer::sum);
      changes.merge(begin.plus(talk).plus(wrapUp), -1, Integer::sum);
    }
    int busy = 0;
    int most = 0;
    for (int change : changes.values()) {
      busy += change;
      most = Math.max(most, busy);
    }
    return Math.min(most, Staffing.MOST);
  }
}
