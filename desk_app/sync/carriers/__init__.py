"""The ways a sealed bundle travels. A way puts files, lists them and gets them, and does nothing else.

Nobody trusts a way: what comes from it is verified like a stick that was found in the street. A file is put under a
random name, whole or not at all, and never over another; no file of somebody else is changed or removed; there is no
index and no lock, so that any number of desks use one store without knowing of each other. A way holds no state of the
exchange and gets none: when it fails, everything is as it was.

Where a store is shared, a bundle lies in its recipient's *box*, a folder whose name is the first 16 hex digits of
SHA-256 over `roh carrier box v1`, a zero byte and the recipient's device id in hex. Whoever fetches looks into the own
box and into the store's own folder, where people may have laid bundles by hand; so nobody has to fetch the bundles of
everybody. What a store sees is which boxes fill and when, never whose they are.

How each is made, and why so:

- folder, stick: the standard library.
- WebDAV, S3: `urllib3`. Four requests of the one and three of the other are all that is needed; the libraries for
  either bring their own retries, caches, file systems and (for S3) a hundred megabytes, and say less exactly what went
  wrong. The signature of S3 is sixty lines that a server which knows nothing of us verifies in the tests.
- SFTP: `paramiko`, for SSH is no thing to write oneself.
- mail: the standard library.

Every way but a folder says to a `Pace` what goes and comes: a server that answers each time within its time, and lets
next to nothing through for minutes, is let go as one to which the connection broke. Who waits is not the thread that
reads, so she may stop in the middle of a file.

Certificates are judged as the system does it (`truststore`), on Windows as on Linux. Nothing goes unencrypted, except
to this computer itself. All of it is imported by who opens a way, never at the program's start.
"""
