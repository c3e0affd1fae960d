/** How commands print. */
package tandem.cli.text;
