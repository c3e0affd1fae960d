package tandem.persistence.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tandem.cluster.NodeConfig;

class MediaSettingsTest {
  @Test
  void shouldKeepFilesInAFolderAndLookAfterNoSwitchUnlessToldTo() {
    MediaSettings settings = MediaSettings.of(config(""));

    assertThat(settings.directory()).contains(Path.of(".tandem/media"));
    assertThat(settings.s3()).isEmpty();
    assertThat(settings.spool()).isEmpty();
    assertThat(settings.sounds()).isEmpty();
    assertThat(settings.settledAfter()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.keep()).isEqualTo(Duration.ofDays(90));
  }

  @Test
  void shouldReadABucketAndShowNoKey() {
    MediaSettings.S3 s3 =
        MediaSettings.of(
                config(
                    "{store = s3, s3 {endpoint = \"http://127.0.0.1:9000\", bucket = media,"
                        + " path-style = on, access-key = someone, secret-key = hush}}"))
            .s3()
            .orElseThrow();

    assertThat(s3.pathStyle()).isTrue();
    assertThat(s3.secretKey()).isEqualTo("hush");
    assertThat(s3.toString()).doesNotContain("hush").contains("media");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{store = tape}|store",
        "{local.directory = \"\"}|local.directory",
        "{store = s3}|s3.bucket",
        "{store = s3, s3 {bucket = b, endpoint = \"ftp://x\"}}|s3.endpoint",
        "{store = s3, s3 {bucket = b, prefix = \"a\"}}|s3.prefix",
        "{store = s3, s3 {bucket = b, access-key = a}}|s3.secret-key",
        "{settled-after = 0s}|settled-after",
        "{at-once = 65}|at-once",
      })
  void shouldNameTheSettingThatIsWrong(String media, String key) {
    assertThatThrownBy(() -> MediaSettings.of(config(media)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tandem.media." + key);
  }

  private static Config config(String media) {
    return NodeConfig.load(
        ConfigFactory.parseString(media.isEmpty() ? "" : "tandem.media " + media));
  }
}
