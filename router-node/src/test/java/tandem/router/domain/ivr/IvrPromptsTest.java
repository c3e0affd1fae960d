package tandem.router.domain.ivr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.router.domain.plan.Action;

/** In which language callers hear what, and what is left out. */
class IvrPromptsTest {
  private static final String LANGUAGES =
      IvrStory.nodes(
          """
          {
            "a": {
              "play": {
                "en": [{"say": "Hello {name}"}, "ivr/{language}/x.wav", {"number": 7}],
                "de": [{"say": "Hallo {name}"}],
                "de-AT": {"say": "Servus {name}"}
              },
              "next": "e"
            },
            "e": {"do": {"voicemail": "a"}}
          }
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "de; de: Hallo Ada",
        "DE-ch; de: Hallo Ada",
        "de-AT-1996; de-AT: Servus Ada",
        "en-GB; en: Hello Ada | ivr/en-GB/x.wav | number 7",
        "fr; en: Hello Ada | ivr/fr/x.wav | number 7",
        "no language; en: Hello Ada | ivr/en-US/x.wav | number 7"
      })
  void shouldSpeakTheCallersLanguage(String language, String heard) {
    Map<String, Object> attributes = Map.of("language", language, "name", "Ada");

    assertThat(IvrStory.of(LANGUAGES, attributes, IvrStory.NOW).hears()).isEqualTo(heard);
  }

  @Test
  void shouldLeaveOutWhatCannotBePlayedAndGoPastWhatIsEmpty() {
    String prompts =
        IvrStory.nodes(
            """
            {"a": {"play": ["ivr/{file}.wav", {"number": "{amount}"}, {"say": "{gone}"}], "next": "e"},
             "e": {"do": {"voicemail": "a"}}}
            """);

    assertThat(IvrStory.of(prompts, Map.of("file", "../../etc/x"), IvrStory.NOW).end())
        .isEqualTo(new Action.Voicemail("a"));
    Map<String, Object> good = Map.of("file", "ok-1", "amount", 12L, "gone", "a\nb${c}<");
    assertThat(IvrStory.of(prompts, good, IvrStory.NOW).hears())
        .isEqualTo("ivr/ok-1.wav | number 12 | en-US: a b  c");
  }

  @Test
  void shouldAskInAnyCaseWhenThereIsMoreToPlayThanASwitchTakes() {
    String many = "\"x.wav\", ".repeat(18) + "\"last.wav\"";
    String menu =
        IvrStory.nodes(
            """
            {"a": {"menu": [%s], "options": {"1": "e"}, "onSilence": ["s1.wav", "s2.wav"], "otherwise": "e"},
             "e": {"do": {"voicemail": "a"}}}
            """
                .formatted(many));

    String heard = IvrStory.of(menu).keys("").hears();
    assertThat(heard.split(" \\| ")).hasSize(20).startsWith("s2.wav").endsWith("last.wav");
  }
}
