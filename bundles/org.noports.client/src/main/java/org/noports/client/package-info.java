/**
 * The control path from the asking side. {@link org.noports.client.OpenTunnel} is the story from a
 * request to a tunnel, {@link org.noports.client.KeepTunnel} goes on where that ends.
 *
 * <p>Message names and field order are fixed by the wire (docs/protocol/noports.md 2); everything
 * else is free to change.
 */
package org.noports.client;
