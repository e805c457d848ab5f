/**
 * Knows which algorithms are present now; the one dynamic reference on cipher plug-ins. Whoever
 * needs an algorithm holds a handle of this room, and never a plug-in. Nothing here is on the wire.
 */
package org.noports.cipher.catalogue;
