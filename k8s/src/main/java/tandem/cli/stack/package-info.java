/** The child processes of a laptop installation, of the whole-system tests and of the bench. */
package tandem.cli.stack;
