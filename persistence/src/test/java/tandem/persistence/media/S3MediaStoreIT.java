package tandem.persistence.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tandem.persistence.local.LocalS3;

/** The S3 store against a real S3 server that checks signatures. */
class S3MediaStoreIT extends MediaStoreContract {
  @TempDir static Path dir;
  private static LocalS3 server;
  private static MediaStore store;

  @BeforeAll
  static void start() {
    server = LocalS3.start(dir);
    store = new S3MediaStore(settings(server.endpoint(), LocalS3.BUCKET, LocalS3.SECRET_KEY));
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  private static MediaSettings.S3 settings(String endpoint, String bucket, String secret) {
    return new MediaSettings.S3(
        endpoint,
        "us-east-1",
        bucket,
        true,
        "tandem/",
        LocalS3.ACCESS_KEY,
        secret,
        Duration.ofSeconds(3),
        Duration.ofSeconds(10));
  }

  @Override
  MediaStore store() {
    return store;
  }

  @Test
  void shouldPutThePrefixBeforeEachKey() throws IOException {
    store.put("some/where.wav", Sounds.write(files.resolve("a"), Sounds.wav(1)));

    assertThat(dir.resolve("data/media/tandem/some/where.wav")).exists();
  }

  @Test
  void shouldSayThatTheKeyIsWrong() {
    Path file = Sounds.write(files.resolve("a"), Sounds.wav(1));
    try (MediaStore wrong =
        new S3MediaStore(settings(server.endpoint(), LocalS3.BUCKET, "guessed"))) {
      assertThatThrownBy(() -> wrong.put("never/there.wav", file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot store never/there.wav")
          .hasMessageContaining("403");
      assertThatThrownBy(() -> wrong.open("never/there.wav", 0, 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot read");
      assertThatThrownBy(() -> wrong.exists("never/there.wav")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> wrong.delete("never/there.wav")).isInstanceOf(IOException.class);
    }
    assertThat(Files.exists(dir.resolve("data/media/tandem/never/there.wav"))).isFalse();
  }

  @Test
  void shouldSayThatThereIsNoSuchBucketOrServer() {
    Path file = Sounds.write(files.resolve("a"), Sounds.wav(1));
    try (MediaStore wrong =
        new S3MediaStore(settings(server.endpoint(), "other", LocalS3.SECRET_KEY))) {
      assertThatThrownBy(() -> wrong.put("a/b.wav", file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("S3 bucket other");
    }
    try (MediaStore nobody =
        new S3MediaStore(settings("http://127.0.0.1:1", LocalS3.BUCKET, LocalS3.SECRET_KEY))) {
      assertThatThrownBy(() -> nobody.put("a/b.wav", file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot store a/b.wav");
    }
  }
}
