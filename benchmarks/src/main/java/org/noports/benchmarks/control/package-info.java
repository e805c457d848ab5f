/**
 * The control plane beside its peers: notifications beside Mosquitto and NATS, durable updates
 * beside Redis, look-ups beside unbound, and what has no peer.
 */
package org.noports.benchmarks.control;
