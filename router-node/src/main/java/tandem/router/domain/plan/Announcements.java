package tandem.router.domain.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Prompt;

/**
 * What those who wait in a queue hear beside music.
 *
 * @param music a file, or one of the switch's streams ({@code local_stream://jazz}), in place of
 *     the switch's own music; null for that
 * @param first after so much waiting
 * @param every pause between two announcements, 10 s at least
 * @param position whether the place in line is told
 * @param estimate whether the estimated wait is told, in minutes
 * @param texts what is said, by language (BCP 47); the first is for callers of other languages. Of
 *     each: {@code {position}} and {@code {minutes}} stand for the numbers
 */
public record Announcements(
    @Nullable String music,
    Duration first,
    Duration every,
    boolean position,
    boolean estimate,
    Map<String, List<Prompt>> texts) {
  /** Callers who are spoken to more often hear no music at all. */
  public static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);

  /** Stands for the place in line, from 1. */
  public static final String POSITION = "{position}";

  /** Stands for the estimated wait in whole minutes, 1 at least. */
  public static final String MINUTES = "{minutes}";

  private static final Pattern STREAM = Pattern.compile("local_stream://[A-Za-z0-9._-]{1,64}");

  /** What counts where a plan says nothing. */
  public static final Announcements NONE =
      new Announcements(null, Duration.ZERO, Duration.ofMinutes(1), false, false, Map.of());

  public Announcements {
    if (music != null) {
      music(music);
    }
    if (first.isNegative()) {
      throw new IllegalArgumentException("first: must not be negative, got " + first);
    } else if (every.compareTo(SHORTEST_PAUSE) < 0) {
      throw new IllegalArgumentException("every: must be at least 10 s, got " + every);
    }
    Map<String, List<Prompt>> copy = new LinkedHashMap<>();
    texts.forEach((language, prompts) -> copy.put(Prompt.language(language), List.copyOf(prompts)));
    texts = Collections.unmodifiableMap(copy);
  }

  /** Music itself; an {@link IllegalArgumentException} says what is allowed. */
  public static String music(String text) {
    return STREAM.matcher(text).matches() ? text : new Prompt.File(text).name();
  }

  /**
   * What one caller hears now: prompts with a number that is not told are left out, and a prompt
   * that is nothing but a number is pronounced by the switch.
   *
   * @param language the caller's (BCP 47); empty when it is not known
   * @param place the caller's in line, from 1; 0 when it is not known
   * @param wait how long it still is likely to be; null or zero when it is not known
   * @return empty when there is nothing to say
   */
  public List<Prompt> prompts(String language, int place, @Nullable Duration wait) {
    int minutes = wait == null ? 0 : minutes(wait);
    List<Prompt> told = new ArrayList<>();
    for (Prompt prompt : texts.getOrDefault(languageFor(language), List.of())) {
      if (!(prompt instanceof Prompt.Speech speech)) {
        told.add(prompt);
      } else if (!(speech.text().contains(POSITION) && !(position && place > 0))
          && !(speech.text().contains(MINUTES) && !(estimate && minutes > 0))) {
        told.add(filled(speech, place, minutes));
      }
    }
    return List.copyOf(told);
  }

  /** Whole minutes, rounded up: nobody minds to wait less than was said. */
  private static int minutes(Duration wait) {
    long seconds = Math.max(0, wait.toSeconds());
    return (int) Math.min(Prompt.LARGEST_NUMBER, seconds / 60 + (seconds % 60 == 0 ? 0 : 1));
  }

  private static Prompt filled(Prompt.Speech speech, int place, int minutes) {
    if (speech.text().equals(POSITION)) {
      return new Prompt.Number(Math.min(place, Prompt.LARGEST_NUMBER), speech.language());
    } else if (speech.text().equals(MINUTES)) {
      return new Prompt.Number(minutes, speech.language());
    }
    return new Prompt.Speech(
        speech
            .text()
            .replace(POSITION, Integer.toString(place))
            .replace(MINUTES, Integer.toString(minutes)),
        speech.language());
  }

  /**
   * The language of the texts that a caller hears: its own, else one with the same language in
   * another region, else the first; empty when there are no texts.
   */
  public String languageFor(String wanted) {
    String exact = wanted.toLowerCase(Locale.ROOT);
    String primary = exact.replaceFirst("-.*", "");
    String near = "";
    for (String language : texts.keySet()) {
      String known = language.toLowerCase(Locale.ROOT);
      if (known.equals(exact)) {
        return language;
      } else if (near.isEmpty() && known.replaceFirst("-.*", "").equals(primary)) {
        near = language;
      }
    }
    return near.isEmpty() ? texts.keySet().stream().findFirst().orElse("") : near;
  }
}
