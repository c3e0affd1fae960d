/** What {@code ./tandem bench} measures, and how it is told. */
package tandem.bench;
