package tandem.router.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "ivr/hello.wav", "audio/acme/jazz/3.wav", "A-1_b.c", ".hidden"})
  void shouldTakeRelativePaths(String name) {
    assertThat(new Prompt.File(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/etc/passwd", "../x", "a/../b", "a b", "a,b", "a'b", "a\nb", "${x}", "ä.wav"})
  void shouldRefuseWhatTheSwitchCouldReadAsSomethingElse(String name) {
    assertThatThrownBy(() -> new Prompt.File(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file: must be a file's path of 1 to 200 letters");
  }

  @Test
  void shouldRefuseTextsThatAreEmptyOrLongOrHaveLines() {
    assertThatThrownBy(() -> new Prompt.Speech(" ", "en"))
        .hasMessage("say: must have 1 to 500 characters, got 1");
    assertThatThrownBy(() -> new Prompt.Speech("x".repeat(501), "en"))
        .hasMessage("say: must have 1 to 500 characters, got 501");
    assertThatThrownBy(() -> new Prompt.Speech("a\nb", "en"))
        .hasMessage("say: must not contain control characters");
    assertThat(new Prompt.Speech("x".repeat(500), "en").text()).hasSize(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "en-GB", "zh-Hant-TW", "es-419", "nds"})
  void shouldKnowLanguages(String tag) {
    assertThat(new Prompt.Number(5, tag).language()).isEqualTo(tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "d", "deutsch", "de_AT", "de-", "de-AT-", "de AT", "d3"})
  void shouldRefuseWhatIsNoLanguage(String tag) {
    assertThatThrownBy(() -> new Prompt.Number(5, tag))
        .hasMessage("language: must be a language such as de or en-GB, got '" + tag + "'");
    assertThatThrownBy(() -> new Prompt.Speech("x", tag)).hasMessageStartingWith("language: ");
  }

  @Test
  void shouldRefuseNumbersThatAreNotPronounced() {
    assertThat(new Prompt.Number(0, "en").value()).isZero();
    assertThat(new Prompt.Number(999_999, "en").value()).isEqualTo(999_999);
    assertThatThrownBy(() -> new Prompt.Number(-1, "en"))
        .hasMessage("number: must be 0 to 999999, got -1");
    assertThatThrownBy(() -> new Prompt.Number(1_000_000, "en"))
        .hasMessage("number: must be 0 to 999999, got 1000000");
  }
}
