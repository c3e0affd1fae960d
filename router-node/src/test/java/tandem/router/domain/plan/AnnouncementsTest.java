package tandem.router.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.domain.Prompt;
import tandem.router.domain.Prompt.File;
import tandem.router.domain.Prompt.Number;
import tandem.router.domain.Prompt.Speech;

class AnnouncementsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void shouldTellPlaceAndWait() {
    assertThat(told(true, true).prompts("en", 3, Duration.ofSeconds(61)))
        .containsExactly(
            new File("hello.wav"),
            new Speech("You are number 3.", "en"),
            new Speech("About 2 minutes.", "en"));
    assertThat(told(true, true).prompts("de", 3, Duration.ofSeconds(60)))
        .containsExactly(new Number(3, "de"), new Number(1, "de"));
  }

  @Test
  void shouldLeaveOutWhatIsNotToldOrNotKnown() {
    assertThat(told(false, true).prompts("en", 3, MINUTE))
        .containsExactly(new File("hello.wav"), new Speech("About 1 minutes.", "en"));
    assertThat(told(true, false).prompts("en", 3, MINUTE))
        .containsExactly(new File("hello.wav"), new Speech("You are number 3.", "en"));
    assertThat(told(true, true).prompts("en", 0, null)).containsExactly(new File("hello.wav"));
    assertThat(told(true, true).prompts("de", 0, Duration.ZERO)).isEmpty();
    assertThat(told(true, true).prompts("de", 0, Duration.ofSeconds(-5))).isEmpty();
    assertThat(Announcements.NONE.prompts("de", 3, MINUTE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "de,de",
    "DE,de",
    "de-CH,de",
    "fr-CA,fr-FR",
    "en-gb,en-GB",
    "en-US,en",
    "es,en",
    "'',en"
  })
  void shouldSpeakTheCallersLanguageWhereItCan(String wanted, String spoken) {
    Map<String, List<Prompt>> texts = new LinkedHashMap<>();
    for (String language : List.of("en", "en-GB", "de", "fr-FR")) {
      texts.put(language, List.of(new Speech("x", language)));
    }
    Announcements all = new Announcements(null, Duration.ZERO, MINUTE, false, false, texts);

    assertThat(all.languageFor(wanted)).isEqualTo(spoken);
    assertThat(all.prompts(wanted, 1, null)).containsExactly(new Speech("x", spoken));
  }

  @Property
  void shouldNeverPromiseLessThanIsLikely(@ForAll @LongRange(min = 1, max = 100_000) long seconds) {
    List<Prompt> prompts = told(false, true).prompts("de", 1, Duration.ofSeconds(seconds));

    assertThat(prompts).hasSize(1);
    int minutes = ((Number) prompts.get(0)).value();
    assertThat(minutes * 60L).isBetween(seconds, seconds + 59);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jazz.wav", "audio/acme/jazz/3.wav", "local_stream://moh"})
  void shouldTakeFilesAndStreamsForMusic(String music) {
    assertThat(Announcements.music(music)).isEqualTo(music);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/x.wav", "../x.wav", "http://x", "local_stream://a b", "${x}", "a'b"})
  void shouldRefuseOtherMusic(String music) {
    assertThatThrownBy(() -> Announcements.music(music))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file: must be a file's path");
  }

  @Test
  void shouldNameTheFieldThatIsOutOfItsRange() {
    assertThatThrownBy(
            () ->
                new Announcements(
                    null, Duration.ZERO, Duration.ofSeconds(9), false, false, Map.of()))
        .hasMessage("every: must be at least 10 s, got PT9S");
    assertThatThrownBy(
            () -> new Announcements(null, Duration.ofSeconds(-1), MINUTE, false, false, Map.of()))
        .hasMessageStartingWith("first: ");
    assertThatThrownBy(() -> new Taping(1.2, true, List.of(), MINUTE))
        .hasMessage("share: must be 0 to 1, got 1.2");
    assertThatThrownBy(() -> new Taping(Double.NaN, true, List.of(), MINUTE))
        .hasMessageStartingWith("share: ");
    assertThatThrownBy(() -> new Taping(0, true, List.of(), Duration.ZERO))
        .hasMessageStartingWith("keep: ");
    assertThatThrownBy(() -> lot(0, 5, 1)).hasMessageStartingWith("slots: ");
    assertThatThrownBy(() -> lot(6, 5, 1))
        .hasMessage("slots: must be 1 to 9999, the lower one first, got 6-5");
    assertThatThrownBy(() -> lot(1, 10_000, 1)).hasMessageStartingWith("slots: ");
    assertThatThrownBy(() -> lot(1, 5, 6)).hasMessage("tries: must be 0 to 5, got 6");
    assertThatThrownBy(() -> new Mailbox(List.of(), Duration.ofHours(2), MINUTE, null, MINUTE))
        .hasMessage("longest: must be 1 s to 1 h, got PT2H");
    assertThatThrownBy(() -> new Outgoing("us", List.of(), List.of(), List.of()))
        .hasMessageStartingWith("country: ");
  }

  @Test
  void shouldKnowItsSlots() {
    assertThat(lot(701, 720, 0).has(701)).isTrue();
    assertThat(lot(701, 720, 0).has(720)).isTrue();
    assertThat(lot(701, 720, 0).has(700)).isFalse();
    assertThat(lot(701, 720, 0).has(721)).isFalse();
  }

  private static Lot lot(int first, int last, int tries) {
    return new Lot(first, last, MINUTE, tries, MINUTE, new Action.HangUp("USER_BUSY"));
  }

  private static Announcements told(boolean position, boolean estimate) {
    Map<String, List<Prompt>> texts = new LinkedHashMap<>();
    texts.put(
        "en",
        List.of(
            new File("hello.wav"),
            new Speech("You are number {position}.", "en"),
            new Speech("About {minutes} minutes.", "en")));
    texts.put("de", List.of(new Speech("{position}", "de"), new Speech("{minutes}", "de")));
    return new Announcements(null, Duration.ZERO, MINUTE, position, estimate, texts);
  }
}
