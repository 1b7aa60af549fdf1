/** What the tests need to run the distribution, the command line client and plain sockets. */
package com.claudemesh.systemtests.harness;
