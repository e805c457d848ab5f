/** Knows which algorithms are present now; the one dynamic reference on cipher plug-ins. */
package org.noports.cipher.catalogue;
