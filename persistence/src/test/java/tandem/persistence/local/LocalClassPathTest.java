package tandem.persistence.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClassPathTest {
  @TempDir Path dir;

  @Test
  void shouldReadWhatTheBuildWrote() throws Exception {
    Path jar = Files.createFile(dir.resolve("a.jar"));
    Path file = Files.writeString(dir.resolve("classpath.txt"), jar + "\n");

    assertThat(LocalClassPath.read(file)).isEqualTo(jar.toString());
  }

  @Test
  void shouldAskForABuildWhenItIsMissing() {
    assertThatThrownBy(() -> LocalClassPath.read(dir.resolve("classpath.txt")))
        .isInstanceOf(LocalServerException.class)
        .hasMessageContaining("classpath.txt is missing; build first");
  }

  @Test
  void shouldNameAJarThatIsGone() throws Exception {
    Path jar = Files.createFile(dir.resolve("a.jar"));
    Path gone = dir.resolve("gone.jar");
    Path file = Files.writeString(dir.resolve("classpath.txt"), jar + File.pathSeparator + gone);

    assertThatThrownBy(() -> LocalClassPath.read(file))
        .hasMessageContaining("gone.jar is gone from the Maven repository");
  }
}
