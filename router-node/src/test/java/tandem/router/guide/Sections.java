package tandem.router.guide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.Durations;
import tandem.router.domain.PhoneNumber;
import tandem.router.domain.Prompt;
import tandem.router.domain.plan.Dialing;
import tandem.router.domain.plan.Lot;
import tandem.router.domain.plan.Mailbox;
import tandem.router.domain.plan.NumberPattern;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.QueueRule;
import tandem.router.domain.plan.Supervision;
import tandem.router.domain.plan.Taping;

/**
 * {@code lot NAME}, {@code box NAME}, {@code recording of QUEUE}, {@code callers of QUEUE hear in
 * LANGUAGE at place N[ with TIME to wait]}, {@code supervisors may} and {@code dial NUMBER[ showing
 * NUMBER][ as the agent of NUMBER]}: what the plan says of them.
 */
final class Sections implements Speaker {
  private static final Pattern NAMED = Pattern.compile("(lot|box|recording of) (\\S+)");
  private static final Pattern HEAR =
      Pattern.compile("callers of (\\S+) hear in (\\S+) at place (\\d+)(?: with (\\S+) to wait)?");
  private static final Pattern DIAL =
      Pattern.compile("dial (.+?)(?: showing (\\+\\d+))?(?: as the agent of (\\+\\d+))?");

  private final Plan plan;

  Sections(Plan plan) {
    this.plan = plan;
  }

  @Override
  public Optional<Answer> answer(String said) {
    Matcher named = NAMED.matcher(said);
    Matcher hear = HEAR.matcher(said);
    Matcher dial = DIAL.matcher(said);
    if (named.matches()) {
      String name = named.group(2);
      return Optional.of(
          switch (named.group(1)) {
            case "lot" -> lot(known(plan.lots().get(name), said));
            case "box" -> box(known(plan.boxes().get(name), said));
            default -> recording(rule(name).taping());
          });
    } else if (hear.matches()) {
      Duration wait = hear.group(4) == null ? null : Durations.parse(hear.group(4));
      int place = Integer.parseInt(hear.group(3));
      return Optional.of(
          new Answer(
              told(rule(hear.group(1)).announcements().prompts(hear.group(2), place, wait))));
    } else if (said.equals("supervisors may")) {
      return Optional.of(supervisors(plan.supervision()));
    } else if (dial.matches()) {
      return Optional.of(dial(dial.group(1), number(dial.group(2)), number(dial.group(3))));
    }
    return Optional.empty();
  }

  private static <T> T known(@Nullable T thing, String said) {
    if (thing == null) {
      throw new IllegalArgumentException("there is no " + said);
    }
    return thing;
  }

  private QueueRule rule(String queue) {
    return plan.queue(queue).orElseThrow();
  }

  private static Answer lot(Lot lot) {
    return new Answer(
        "slots " + lot.first() + " to " + lot.last() + " for " + Words.of(lot.timeout()),
        Set.of(
            "calls the parker " + lot.tries() + " times for " + Words.of(lot.ring()),
            "then " + Words.of(lot.then())));
  }

  private static Answer box(Mailbox box) {
    Set<String> more = new LinkedHashSet<>();
    more.add("ends after " + Words.of(box.silence()) + " of silence");
    more.add("kept for " + box.keep().toDays() + " days");
    more.add(box.group() == null ? "tells nobody" : "tells " + Words.queue(box.group()));
    more.add("says " + told(box.greeting()));
    return new Answer("messages of up to " + Words.of(box.longest()), more);
  }

  private static Answer recording(Taping taping) {
    String calls =
        taping.share() == 0
            ? (taping.onDemand() ? "on demand" : "no call")
            : String.format(Locale.ROOT, "%.4g", 100 * taping.share()).replaceFirst("\\.?0+$", "")
                + "% of calls";
    Set<String> more = new LinkedHashSet<>();
    more.add("kept for " + taping.keep().toDays() + " days");
    more.add("after " + told(taping.consent()));
    return new Answer(calls, more);
  }

  private static String told(List<Prompt> prompts) {
    return prompts.isEmpty()
        ? "nothing"
        : prompts.stream().map(Sections::told).collect(Collectors.joining(" + "));
  }

  private static String told(Prompt prompt) {
    if (prompt instanceof Prompt.File file) {
      return file.name();
    }
    return prompt instanceof Prompt.Speech speech
        ? "“" + speech.text() + "”"
        : String.valueOf(((Prompt.Number) prompt).value());
  }

  private static Answer supervisors(Supervision may) {
    List<String> words = new ArrayList<>();
    if (may.monitor()) {
      words.add("monitor");
    }
    if (may.whisper()) {
      words.add("whisper");
    }
    if (may.barge()) {
      words.add("barge");
    }
    if (may.takeOver()) {
      words.add("take over");
    }
    return new Answer(words.isEmpty() ? "nothing" : String.join(", ", words));
  }

  private Answer dial(String typed, @Nullable PhoneNumber wished, @Nullable PhoneNumber usual) {
    Set<PhoneNumber> own = new LinkedHashSet<>(plan.outgoing().shown());
    for (Plan.NumberRule rule : plan.numbers()) {
      if (rule.match() instanceof NumberPattern.Exact one) {
        own.add(one.number());
      }
    }
    Dialing.Outcome outcome = Dialing.resolve(plan.outgoing(), typed, own, wished, usual);
    return outcome instanceof Dialing.Outcome.Allowed allowed
        ? new Answer("calls " + allowed.number(), Set.of("shows " + allowed.shown()))
        : new Answer("refused: " + ((Dialing.Outcome.Refused) outcome).why());
  }

  private static @Nullable PhoneNumber number(@Nullable String text) {
    return text == null ? null : new PhoneNumber(text);
  }
}
