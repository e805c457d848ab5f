/** A cipher bundle that breaks its contract on demand; it is packed into a bundle of its own. */
package org.noports.stories.rogue;
