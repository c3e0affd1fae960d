package tandem.router.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.select.Turns;

/**
 * {@code NAME serves N in turn}: whose callers an agent of several queues gets while all of them
 * have some; {@code NAME serves QUEUE once in every}: so many servings in a row, at most.
 */
final class Shares implements Speaker {
  private static final Pattern TURNS = Pattern.compile("(\\S+) serves (\\d+) in turn");
  private static final Pattern BOUND = Pattern.compile("(\\S+) serves (\\S+) once in every");

  private final Plan plan;
  private final People people;

  Shares(Plan plan, People people) {
    this.plan = plan;
    this.people = people;
  }

  @Override
  public Optional<Answer> answer(String said) {
    Matcher inTurn = TURNS.matcher(said);
    Matcher bound = BOUND.matcher(said);
    if (inTurn.matches()) {
      Turns<String> turns = turns(inTurn.group(1));
      List<String> served = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(inTurn.group(2)); i++) {
        String queue = turns.order().get(0);
        turns.served(queue);
        served.add(queue);
      }
      return Optional.of(new Answer(String.join(", ", served)));
    } else if (bound.matches()) {
      int most = turns(bound.group(1)).bound(bound.group(2));
      return Optional.of(new Answer(Integer.toString(most)));
    }
    return Optional.empty();
  }

  private Turns<String> turns(String agent) {
    People.Person person = people.one(agent);
    Map<String, Integer> weights = new TreeMap<>();
    plan.queueNames()
        .forEach(
            name ->
                plan.queue(name)
                    .filter(rule -> person.isMember(name, rule))
                    .ifPresent(rule -> weights.put(name, rule.weight())));
    return new Turns<>(weights);
  }
}
