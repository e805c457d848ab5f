/** A relay that does what nobody wants of one, in a process of its own. */
package org.noports.testkit.relay;
