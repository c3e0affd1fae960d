package tandem.router.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an agent can and where it belongs: what membership and requirements are decided by.
 *
 * @param skills levels by name, 0 to 10
 * @param languages tags such as {@code es} or {@code pt-br}
 * @param teams names
 */
public record Traits(
    SortedMap<String, Integer> skills,
    SortedSet<String> languages,
    SortedSet<String> teams,
    Attributes attributes) {
  public static final int HIGHEST_SKILL = 10;

  /** Skills, languages or teams of one agent (count of each). */
  public static final int MOST = 100;

  public static final Traits NONE =
      new Traits(
          Collections.emptySortedMap(),
          Collections.emptySortedSet(),
          Collections.emptySortedSet(),
          Attributes.NONE);

  public Traits {
    SortedMap<String, Integer> levels = new TreeMap<>();
    skills.forEach((name, level) -> levels.put(Names.name("skill", name), level(name, level)));
    skills = Collections.unmodifiableSortedMap(bounded("skills", levels));
    languages = names("languages", "language", languages);
    teams = names("teams", "team", teams);
  }

  /** Reads what was written before agents had traits, or without some of them. */
  @JsonCreator
  public static Traits of(
      @JsonProperty("skills") @Nullable Map<String, Integer> skills,
      @JsonProperty("languages") @Nullable Collection<String> languages,
      @JsonProperty("teams") @Nullable Collection<String> teams,
      @JsonProperty("attributes") @Nullable Attributes attributes) {
    return new Traits(
        skills == null ? Collections.emptySortedMap() : new TreeMap<>(skills),
        languages == null ? Collections.emptySortedSet() : new TreeSet<>(languages),
        teams == null ? Collections.emptySortedSet() : new TreeSet<>(teams),
        attributes == null ? Attributes.NONE : attributes);
  }

  /** The level of a skill, 0 where the agent has none. */
  public int skill(String name) {
    return skills.getOrDefault(name, 0);
  }

  private static int level(String name, int level) {
    if (level < 0 || level > HIGHEST_SKILL) {
      throw new IllegalArgumentException(
          "skill " + name + ": must be 0 to " + HIGHEST_SKILL + ", got " + level);
    }
    return level;
  }

  private static SortedSet<String> names(String field, String one, SortedSet<String> values) {
    SortedMap<String, Boolean> checked = new TreeMap<>();
    values.forEach(value -> checked.put(Names.name(one, value), true));
    return Collections.unmodifiableSortedSet(new TreeSet<>(bounded(field, checked).keySet()));
  }

  private static <T> SortedMap<String, T> bounded(String field, SortedMap<String, T> values) {
    if (values.size() > MOST) {
      throw new IllegalArgumentException(field + ": at most " + MOST + ", got " + values.size());
    }
    return values;
  }
}
