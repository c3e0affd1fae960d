package tandem.persistence.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMediaStoreTest extends MediaStoreContract {
  @TempDir Path dir;
  private LocalMediaStore store;

  @BeforeEach
  void open() {
    store = new LocalMediaStore(dir.resolve("media"));
  }

  @Override
  MediaStore store() {
    return store;
  }

  @Test
  void shouldNotFollowALinkOutOfItsFolder() throws IOException {
    Path outside = Files.createDirectory(dir.resolve("outside"));
    Files.createDirectory(dir.resolve("media"));
    Path secret = Sounds.write(outside.resolve("secret.wav"), Sounds.wav(3));
    Files.createSymbolicLink(dir.resolve("media/leak"), outside);
    Files.createSymbolicLink(dir.resolve("media/direct.wav"), secret);
    Path file = Sounds.write(files.resolve("a"), Sounds.wav(1));

    assertThatThrownBy(() -> store.put("leak/new.wav", file)).hasMessageContaining("leads out of");
    assertThatThrownBy(() -> store.put("leak/deep/new.wav", file))
        .hasMessageContaining("leads out of");
    assertThat(outside.resolve("deep")).doesNotExist();
    assertThatThrownBy(() -> store.open("leak/secret.wav", 0, 1))
        .hasMessageContaining("leads out of");
    assertThatThrownBy(() -> store.delete("leak/secret.wav")).isInstanceOf(IOException.class);
    assertThat(store.exists("direct.wav")).isFalse();
    assertThat(outside).isDirectoryContaining(path -> path.equals(secret));
    assertThat(outside.resolve("new.wav")).doesNotExist();
  }

  @Test
  void shouldLeaveNothingOfAFileItCannotStore() throws IOException {
    assertThatThrownBy(() -> store.put("a/b.wav", files.resolve("none")))
        .isInstanceOf(IOException.class);
    // A folder is where the file should go: the last step fails.
    Files.createDirectories(dir.resolve("media/a/c.wav/x"));
    Path file = Sounds.write(files.resolve("f"), Sounds.wav(1));
    assertThatThrownBy(() -> store.put("a/c.wav", file)).isInstanceOf(IOException.class);

    try (Stream<Path> left = Files.list(dir.resolve("media/a"))) {
      assertThat(left.map(path -> path.getFileName().toString()).toList())
          .isEqualTo(List.of("c.wav"));
    }
  }

  @Test
  void shouldSayThatItsFolderIsNone() {
    Path file = Sounds.write(dir.resolve("file"), new byte[1]);
    MediaStore wrong = new LocalMediaStore(file);
    assertThatThrownBy(() -> wrong.put("a/b.wav", file)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> wrong.put("b.wav", file)).hasMessageContaining("is no folder");
  }

  @Test
  void shouldMakeItsFolderWhenTheFirstFileComes() throws IOException {
    Path folder = dir.resolve("later");
    MediaStore later = new LocalMediaStore(folder);
    assertThat(later.exists("a/b.wav")).isFalse();
    later.delete("a/b.wav");
    assertThat(folder).doesNotExist();

    later.put("a/b.wav", Sounds.write(files.resolve("a"), Sounds.wav(1)));

    assertThat(folder.resolve("a/b.wav")).exists();
  }
}
