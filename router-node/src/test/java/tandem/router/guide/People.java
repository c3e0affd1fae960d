package tandem.router.guide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tandem.router.domain.Attributes;
import tandem.router.domain.Durations;
import tandem.router.domain.Traits;
import tandem.router.domain.expr.ExpressionException;
import tandem.router.domain.expr.Expressions;
import tandem.router.domain.expr.Facts;
import tandem.router.domain.expr.Scope;
import tandem.router.domain.plan.QueueRule;

/**
 * {@code agent NAME: in QUEUE, skill NAME LEVEL, speaks TAG, team NAME, attribute NAME VALUE, idle
 * TIME, calls N, talk TIME, capacity N}: who is there, in any order of these words.
 */
final class People implements Speaker {
  private static final Pattern AGENT = Pattern.compile("agent ([a-z0-9._-]+)(?:: (.+))?");

  /**
   * An agent of an example.
   *
   * @param queues that the profile names
   * @param idle for how long
   * @param calls since signing in
   * @param talk since signing in
   */
  record Person(
      String name,
      List<String> queues,
      Traits traits,
      Duration idle,
      long calls,
      Duration talk,
      int capacity) {
    /** Whether the agent is a member, by profile or by the queue's expression. */
    boolean isMember(String queue, QueueRule rule) {
      if (queues.contains(queue)) {
        return true;
      } else if (rule.members().isEmpty()) {
        return false;
      }
      try {
        return Expressions.of(Scope.MEMBER, rule.members())
            .test(Facts.ofAgent(name, traits, queue, Map.of()));
      } catch (ExpressionException e) {
        return false;
      }
    }
  }

  private final Map<String, Person> people = new LinkedHashMap<>();

  List<Person> all() {
    return List.copyOf(people.values());
  }

  Person one(String name) {
    Person person = people.get(name);
    if (person == null) {
      throw new IllegalArgumentException("no agent " + name + " was named");
    }
    return person;
  }

  @Override
  public Optional<Answer> answer(String said) {
    Matcher m = AGENT.matcher(said);
    if (!m.matches()) {
      return Optional.empty();
    }
    people.put(m.group(1), person(m.group(1), m.group(2) == null ? "" : m.group(2)));
    return Optional.of(new Answer(""));
  }

  private static Person person(String name, String words) {
    List<String> queues = new ArrayList<>();
    Map<String, Integer> skills = new TreeMap<>();
    List<String> languages = new ArrayList<>();
    List<String> teams = new ArrayList<>();
    Map<String, Object> attributes = new TreeMap<>();
    Map<String, String> figures = new TreeMap<>();
    for (String word : words.isEmpty() ? new String[0] : words.split(", ", -1)) {
      String[] parts = word.split(" ", -1);
      switch (parts[0]) {
        case "in" -> queues.add(parts[1]);
        case "skill" -> skills.put(parts[1], Integer.parseInt(parts[2]));
        case "speaks" -> languages.add(parts[1]);
        case "team" -> teams.add(parts[1]);
        case "attribute" -> attributes.put(parts[1], value(parts[2]));
        case "idle", "calls", "talk", "capacity" -> figures.put(parts[0], parts[1]);
        default -> throw new IllegalArgumentException("an agent has no '" + word + "'");
      }
    }
    return new Person(
        name,
        queues,
        Traits.of(skills, languages, teams, Attributes.of(attributes)),
        Durations.parse(figures.getOrDefault("idle", "1m")),
        Long.parseLong(figures.getOrDefault("calls", "0")),
        Durations.parse(figures.getOrDefault("talk", "0s")),
        Integer.parseInt(figures.getOrDefault("capacity", "1")));
  }

  private static Object value(String text) {
    if (text.matches("-?[0-9]+")) {
      return Long.parseLong(text);
    }
    return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
  }
}
