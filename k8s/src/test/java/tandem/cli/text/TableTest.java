package tandem.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void shouldMakeColumnsAsWideAsTheirWidestCell() {
    assertThat(new Table("A", "LONGER").row("wide cell", 1).row("x", "y").toString())
        .isEqualTo("  A          LONGER\n  wide cell  1\n  x          y\n");
  }

  @Test
  void shouldKeepEscapeSequencesOfOutsidersFromTheTerminal() {
    assertThat(new Table("A").row("\u001b[2Jx\r\ny").toString()).isEqualTo("  A\n  ?[2Jx??y\n");
  }
}
