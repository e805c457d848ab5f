/**
 * The sealed link: one relayed connection with preface, proof and records (docs/protocol/np2.md).
 * Below {@code org.noports.tunnel.session}, which outlives its links.
 */
package org.noports.tunnel.link;
