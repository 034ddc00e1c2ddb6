"""The writer of version 0.1, which loads and saves the whole book with openpyxl: what the patcher is compared with."""
