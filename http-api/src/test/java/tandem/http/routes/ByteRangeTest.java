package tandem.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-99, 0, 100, bytes 0-99/1000",
    "bytes=0-0, 0, 1, bytes 0-0/1000",
    "bytes=900-, 900, 100, bytes 900-999/1000",
    "bytes=900-5000, 900, 100, bytes 900-999/1000",
    "bytes=-1, 999, 1, bytes 999-999/1000",
    "bytes=-5000, 0, 1000, bytes 0-999/1000",
    "bytes=999-, 999, 1, bytes 999-999/1000",
  })
  void shouldReadOneRange(String header, long from, long length, String answer) {
    ByteRange range = ByteRange.of(Optional.of(header), 1000);

    assertThat(range).isEqualTo(new ByteRange(from, length, false));
    assertThat(range.of(1000)).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0"})
  void shouldTellThatThereIsNothing(String header) {
    ByteRange range = ByteRange.of(Optional.of(header), 1000);

    assertThat(range.unsatisfiable()).isTrue();
    assertThat(range.of(1000)).isEqualTo("bytes */1000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,5-6",
        "bytes=-",
        "bytes=5-2",
        "items=0-1",
        "bytes 0-1",
        "bytes=a-b",
        "bytes=0x1-2",
        "bytes=99999999999999999999-",
      })
  void shouldGiveTheWholeWhereItIsNotOneRange(String header) {
    assertThat(ByteRange.of(Optional.of(header), 1000)).isEqualTo(new ByteRange(0, 1000, true));
  }

  @Test
  void shouldGiveTheWholeWithoutARange() {
    assertThat(ByteRange.of(Optional.empty(), 1000).whole()).isTrue();
  }

  @Property(tries = 500)
  void shouldNeverLeaveTheFile(
      @ForAll @LongRange(min = 0, max = 3000) long from,
      @ForAll @LongRange(min = 0, max = 3000) long to,
      @ForAll @LongRange(min = 1, max = 2000) long size) {
    for (String asked : new String[] {from + "-" + to, from + "-", "-" + to}) {
      ByteRange range = ByteRange.of(Optional.of("bytes=" + asked), size);
      if (!range.unsatisfiable()) {
        assertThat(range.from()).isBetween(0L, size - 1);
        assertThat(range.from() + range.length()).isLessThanOrEqualTo(size);
        assertThat(range.length()).isPositive();
      }
    }
  }
}
