package tandem.persistence.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @Property(tries = 200)
  void shouldReadWhatItWrote(
      @ForAll @LongRange(min = 946_684_800_000L, max = 32_503_680_000_000L) long millis) {
    Cursor cursor =
        new Cursor(Instant.ofEpochMilli(millis), "00000000-0000-4000-8000-000000000001");
    assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
    assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void shouldKeepAPlaceWithoutACall() {
    Cursor cursor = new Cursor(Instant.parse("2026-11-20T10:00:00.005Z"), null);
    assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "%%%", "MSAx", "MiAxIGE", "MSA5MjIzMzcyMDM2ODU0Nzc1ODA3IGE"})
  void shouldNameTheFieldWhenItIsNotOurs(String text) {
    assertThatThrownBy(() -> Cursor.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cursor: was not given out by this history");
  }
}
