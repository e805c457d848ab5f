/**
 * What every provider of an algorithm must keep to; whoever writes one runs these against it. They
 * say nothing of the algorithm itself: published vectors do.
 */
package org.noports.testkit.cipher;
