package tandem.edge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkSettingsTest {
  private static final Config DEFAULTS = ConfigFactory.load().getConfig("tandem.edge.link");

  private static LinkSettings music(String music) {
    return LinkSettings.of(DEFAULTS.withValue("music", ConfigValueFactory.fromAnyRef(music)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b.wav", "a\tb", "a\nb", "a\rb", "'a'", "\"a\"", "a\\sb", "a\u0000"})
  void shouldRefuseMusicThatIsNotOneArgument(String music) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> music(music))
        .withMessageContaining("tandem.edge.link.music");
  }

  @Test
  void shouldTakeATonePerDefaultAndAStream() {
    assertThat(LinkSettings.of(DEFAULTS).music()).endsWith(";loops=-1");
    assertThat(music("local_stream://moh/8000").music()).isEqualTo("local_stream://moh/8000");
  }
}
