/** The command line reaches this instance through a Unix domain socket of its owner. */
package org.noports.door;
