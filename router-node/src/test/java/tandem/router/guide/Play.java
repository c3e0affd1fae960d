package tandem.router.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tandem.router.domain.plan.Plan;
import tandem.router.domain.plan.PlanInForce;
import tandem.router.guide.Example.Sentence;
import tandem.router.plan.document.PlanReader;
import tandem.router.plan.document.PlanReading;

/** Reads an example's plan and says which of its sentences are not true. */
public final class Play {
  private final Documents documents;

  public Play(String house) {
    this.documents = new Documents(house);
  }

  /** What is not true, or not understood, each with its line; empty when all is. */
  public List<String> faults(Example example) {
    String document = documents.of(example);
    PlanReading reading = PlanReader.read(document);
    List<String> faults = new ArrayList<>();
    List<Speaker> speakers;
    if (example.kind().equals("wrong")) {
      Faults found = new Faults(reading.problems());
      speakers = List.of(found);
      List<String> said = example.sentences().stream().map(Sentence::said).toList();
      found.untold(said).forEach(place -> faults.add("not told: " + place));
    } else if (!reading.problems().isEmpty()) {
      return List.of("no good plan: " + reading.problems());
    } else {
      Plan plan = Objects.requireNonNull(reading.plan());
      PlanInForce inForce = new PlanInForce(1, plan, Map.of());
      String next = example.next().isEmpty() ? "" : documents.next(example);
      People people = new People();
      speakers =
          List.of(
              people,
              new Routes(inForce),
              new Hours(plan),
              new Picks(inForce, people),
              new Shares(plan, people),
              new Levels(),
              new Sections(plan),
              new Scene(document, next, people));
    }
    example.sentences().stream()
        .flatMap(sentence -> fault(sentence, speakers))
        .forEach(faults::add);
    return faults;
  }

  private static Stream<String> fault(Sentence sentence, List<Speaker> speakers) {
    Optional<Answer> answer;
    try {
      answer =
          speakers.stream()
              .map(speaker -> speaker.answer(sentence.said()))
              .flatMap(Optional::stream)
              .findFirst();
    } catch (RuntimeException e) {
      return Stream.of("line " + sentence.line() + ": " + sentence.said() + ": " + e);
    }
    if (answer.isEmpty()) {
      return Stream.of("line " + sentence.line() + ": not understood: " + sentence.said());
    } else if (sentence.expected().isEmpty() || answer.get().meets(sentence.expected())) {
      return Stream.empty();
    }
    return Stream.of(
        "line "
            + sentence.line()
            + (": " + sentence.said() + " → expected " + sentence.expected())
            + (", but it is " + answer.get()));
  }
}
