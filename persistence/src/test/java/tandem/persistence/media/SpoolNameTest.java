package tandem.persistence.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tandem.router.domain.TenantId;

class SpoolNameTest {
  private static final String CALL = "11111111-1111-4111-8111-111111111111";
  private static final String ID = "abcdef00-2222-4222-8222-222222222222";

  @Test
  void shouldReadTheIdsOfARecordingFromTheEnd() {
    SpoolName name =
        SpoolName.parse("tape-acme-west.2-" + CALL + "-" + ID.toUpperCase(Locale.ROOT) + ".wav")
            .orElseThrow();

    assertThat(name.kind()).isEqualTo(MediaItem.Kind.RECORDING);
    assertThat(name.id()).as("one spelling").isEqualTo(ID);
    assertThat(name.owners())
        .containsExactly(new SpoolName.Owner(new TenantId("acme-west.2"), CALL, null));
  }

  @Test
  void shouldReadWhoseAMessageIs() {
    assertThat(owners("message-acme-sales-" + ID + ".wav")).containsExactly("acme/sales");
    assertThat(owners("message-acme~night-sales~" + ID + ".wav"))
        .containsExactly("acme/night-sales");
    assertThat(owners("message~a-b~c-d~" + ID + ".wav")).containsExactly("a-b/c-d");
  }

  @Test
  void shouldSayAllItMayBeWhereTheNameLeavesItOpen() {
    assertThat(owners("message-acme-night-sales-" + ID + ".wav"))
        .containsExactly("acme/night-sales", "acme-night/sales");
    assertThat(owners("message-a--b-" + ID + ".wav"))
        .as("no name begins with '-'")
        .containsExactly("a-/b");
  }

  private static List<String> owners(String file) {
    return SpoolName.parse(file).orElseThrow().owners().stream()
        .map(owner -> owner.tenant() + "/" + owner.box())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "notes.txt",
        "tape-acme.wav",
        "tape-acme-11111111-1111-4111-8111-111111111111.wav",
        "tape-Acme-11111111-1111-4111-8111-111111111111-abcdef00-2222-4222-8222-222222222222.wav",
        "tape-a/../b-11111111-1111-4111-8111-111111111111-abcdef00-2222-4222-8222-222222222222.wav",
        "tape-.a-11111111-1111-4111-8111-111111111111-abcdef00-2222-4222-8222-222222222222.wav",
        "tape-a-11111111-1111-4111-8111-111111111111-abcdef00-2222-4222-8222-222222222222.mp3",
        "message-acme-abcdef00-2222-4222-8222-222222222222.wav",
        "message-acme-sales-abcdef00-2222-4222-8222-22222222222.wav",
        "message-acme--abcdef00-2222-4222-8222-222222222222.wav",
      })
  void shouldLeaveOtherNamesAlone(String file) {
    assertThat(SpoolName.parse(file)).isEmpty();
  }
}
