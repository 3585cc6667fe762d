/** Which build this page is of. The build writes this file. @module */

export const BUILD = '';
