package tandem.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  @TempDir private Path folder;

  @Test
  void shouldKeepItsTokenFromStartToStartAndFromOthersEyes() throws IOException {
    Home home = new Home(folder);
    String token = home.token();

    assertThat(new Home(folder).token()).isEqualTo(token).startsWith("demo-").hasSize(37);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("token"))))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldSayInOneLineThatTheDiskIsFull() {
    assertThatThrownBy(() -> new Home(folder).prepare(Long.MAX_VALUE / (1024 * 1024)))
        .isInstanceOf(StackException.class)
        .hasMessageMatching("the disk is full: only \\d+ MB are free in .*, \\d+ MB are needed");
  }

  @Test
  void shouldForgetEverythingWhenErased() throws IOException {
    Home home = new Home(folder);
    String token = home.token();
    Files.createDirectories(folder.resolve("cassandra/data"));
    Files.writeString(folder.resolve("cassandra/data/file"), "x");

    home.erase();

    assertThat(folder.resolve("cassandra")).doesNotExist();
    assertThat(home.token()).isNotEqualTo(token);
  }

  @Test
  void shouldLetOneInstallationWorkOnTheData() {
    Home home = new Home(folder);
    try (InstallationLock first = InstallationLock.take(home)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> InstallationLock.take(home))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("is running already");
    }
    InstallationLock.take(home).close();
  }

  @Test
  void shouldNameThePortThatIsTakenAndTheOptionForAnother() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> FreePort.tcp(port, "the API", "--port"))
          .hasMessage(
              "port "
                  + port
                  + " is taken; the API needs it. Free it, or choose another one with --port");
      assertThatThrownBy(() -> FreePort.udpAndTcp(port, "the switch", "--sip-port"))
          .hasMessageContaining("--sip-port");
    }
  }

  @Test
  void shouldNeverRepeatTheSwitchesPassword() {
    SwitchAddress address = SwitchAddress.parse("10.0.0.5:8021:secret:with:colons");
    assertThat(address.password()).isEqualTo("secret:with:colons");
    assertThat(address.toString()).isEqualTo("10.0.0.5:8021");
    assertThatThrownBy(() -> SwitchAddress.parse("10.0.0.5:secret"))
        .hasMessage("a switch must be given as host:port:password");
    assertThatThrownBy(() -> SwitchAddress.parse("10.0.0.5:70000:secret"))
        .hasMessage("the switch's port must be 1 to 65535, got 70000");
  }

  @Test
  void shouldTellTheOtherCommandsWhatRunsAndWhenNothingDoes() {
    Path file = folder.resolve("run.json");
    assertThatThrownBy(() -> RunInfo.load(file)).hasMessageContaining("./tandem up");
    RunInfo info =
        new RunInfo(
            1,
            ProcessHandle.current().pid(),
            8080,
            8558,
            "demo-token",
            new SwitchAddress("127.0.0.1", 8021, "ClueCon"),
            "127.0.0.1",
            5080,
            true,
            9042,
            9092);
    info.save(file);
    assertThat(RunInfo.load(file)).isEqualTo(info);
  }
}
