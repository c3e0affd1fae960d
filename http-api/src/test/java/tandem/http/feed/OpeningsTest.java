package tandem.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OpeningsTest {
  /** Bytes; each text here has 20, as two a character are counted. */
  private static final int MOST = 100;

  private static final String TEXT = "ten-chars.";

  private final Openings openings = new Openings(MOST);

  @Test
  void shouldCountATextOnceHoweverManyWaitForIt() {
    List<String> snapshot = texts(5);

    Opening first = openings.of(snapshot).orElseThrow();
    Opening second = openings.of(snapshot).orElseThrow();
    assertThat(openings.bytes()).isEqualTo(100);

    first.forEachRemaining(text -> {});
    assertThat(openings.bytes()).as("the other still waits for all").isEqualTo(100);
    second.next();
    assertThat(openings.bytes()).isEqualTo(80);
    second.forEachRemaining(text -> {});
    assertThat(openings.bytes()).isZero();
  }

  @Test
  void shouldRefuseWhatDoesNotFitUntilEnoughIsTaken() {
    Opening first = openings.of(texts(3)).orElseThrow();
    List<String> second = texts(3);

    assertThat(openings.of(second)).isEmpty();
    assertThat(openings.bytes()).as("a refused one takes nothing").isEqualTo(60);

    first.next();
    assertThat(openings.of(second)).isPresent();
    assertThat(openings.bytes()).isEqualTo(100);
  }

  @Test
  void shouldLetInAloneWhatIsLargerThanAll() {
    List<String> large = texts(6);
    Opening small = openings.of(texts(1)).orElseThrow();
    assertThat(openings.of(large)).isEmpty();

    small.drop();
    Opening alone = openings.of(large).orElseThrow();
    assertThat(openings.of(large)).as("who waits for the same costs nothing").isPresent();
    assertThat(openings.of(texts(1))).isEmpty();
    assertThat(alone.hasNext()).isTrue();
  }

  @Test
  void shouldLetGoOfEachTextOnceWhenAnOpeningIsDropped() {
    List<String> snapshot = texts(2);
    Opening dropped = openings.of(snapshot).orElseThrow();
    assertThat(openings.of(snapshot)).isPresent();

    dropped.next();
    dropped.drop();
    dropped.drop();

    assertThat(dropped.hasNext()).isFalse();
    assertThat(openings.bytes()).as("for the other").isEqualTo(40);
  }

  @Property(tries = 200)
  void shouldNeverHoldMoreThanItsBoundAndNothingInTheEnd(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 9) Integer> steps) {
    Openings bounded = new Openings(MOST);
    List<List<String>> snapshots = List.of(texts(1), texts(2), texts(5), texts(3), texts(4));
    List<Opening> underWay = new ArrayList<>();
    for (int step : steps) {
      if (step < snapshots.size()) {
        Optional<Opening> opening = bounded.of(snapshots.get(step));
        opening.ifPresent(underWay::add);
      } else if (!underWay.isEmpty()) {
        Opening one = underWay.get(step % underWay.size());
        if (step < 8 && one.hasNext()) {
          one.next();
        } else {
          one.drop();
        }
      }
      assertThat(bounded.bytes()).isBetween(0L, (long) MOST);
    }
    underWay.forEach(Opening::drop);
    assertThat(bounded.bytes()).isZero();
    assertThat(bounded.of(texts(5))).as("all of the room is there again").isPresent();
  }

  /** Texts that are equal, yet each its own. */
  private static List<String> texts(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(String.valueOf(TEXT.toCharArray()));
    }
    return texts;
  }
}
