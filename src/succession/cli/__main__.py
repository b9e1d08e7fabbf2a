"""`python -m succession.cli` is `succession`."""

from succession.cli.main import main

if __name__ == "__main__":
    main()
