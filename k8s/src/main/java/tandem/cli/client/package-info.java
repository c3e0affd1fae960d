/** Small clients of a running installation: REST, the live feed, the console of a switch. */
package tandem.cli.client;
