/**
 * One hosted atSign without its sockets: its values, its inbox and outbox, its monitors, its
 * messenger to other atServers. Free to change; nothing here is seen on the wire directly.
 */
package org.noports.atserver.host.tenant;
