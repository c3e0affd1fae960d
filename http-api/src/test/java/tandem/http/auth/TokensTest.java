package tandem.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.domain.TenantId;

class TokensTest {
  private static Tokens tokens(String more) {
    return Tokens.from(
        ConfigFactory.parseString(
            "tandem.http.tokens = [{token = \"12345678\", tenant = demo" + more + "}]"));
  }

  @Test
  void shouldTellWhoWrites() {
    TenantId demo = new TenantId("demo");
    assertThat(tokens("").clientOf("12345678")).contains(new Client(demo, "token of demo"));
    assertThat(tokens(", user = \"Zoë (night) \\uD83C\\uDF19\"").clientOf("12345678"))
        .contains(new Client(demo, "Zoë (night) 🌙"));
    assertThat(tokens(", user = anna").clientOf("12345679")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "a\\nb",
        "a\\u0000b",
        "a\\u202Eb",
        "a\\uD83Cb",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void shouldRefuseAUserThatIsNotToBePrinted(String user) {
    assertThatThrownBy(() -> tokens(", user = \"" + user + '"'))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("tandem.http.tokens[0].user")
        .hasMessageContaining("1 to 64 printable characters");
  }
}
