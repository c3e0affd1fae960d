/** The commands of {@code ./tandem}. */
package tandem.cli;
