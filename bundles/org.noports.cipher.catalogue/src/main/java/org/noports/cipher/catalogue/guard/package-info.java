/**
 * Between everybody who uses an algorithm and a plug-in that a third party wrote: its code runs on
 * threads of its own, has a second for each call, and gets and gives copies whose lengths are
 * checked. Our own plug-ins are not wrapped. Nothing here is on the wire; the bounds are free to
 * change.
 */
package org.noports.cipher.catalogue.guard;
