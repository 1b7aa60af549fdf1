/** Black-box tests: they start the real distribution on free ports and talk to it as clients do. */
package com.claudemesh.systemtests;
